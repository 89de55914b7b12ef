-- Logs that were not understood and that people agreed to keep. They are records: no revision is made of them, and they
-- are deleted for good.
create sequence if not exists unread_sample_id start with 1;

create table if not exists unread_sample (
    id bigint not null,
    kept_at timestamp(6) with time zone not null,
    kept_by varchar(200) not null,
    -- Whether ids and names of hosts, guests and users were taken out.
    masked boolean not null,
    note varchar(1000) not null,
    log varchar(65536) not null,
    constraint unread_sample_pk primary key (id)
);
