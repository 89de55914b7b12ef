-- Which capture each host had from one revision up to, not including, another.
create table host_version (
    name varchar(253) not null,
    valid_from bigint not null,
    valid_to bigint,
    capture_id varchar(71) not null,
    begun_at timestamp(6) with time zone not null,
    constraint host_version_pk primary key (name, valid_from),
    constraint host_version_one_at_a_time unique nulls not distinct (name, valid_to),
    constraint host_version_of_capture foreign key (capture_id) references capture (id),
    constraint host_version_from_revision foreign key (valid_from) references revision (number),
    constraint host_version_to_revision foreign key (valid_to) references revision (number),
    constraint host_version_held check (valid_to > valid_from),
    constraint host_version_name_canonical check (regexp_like(name, '^[a-z0-9][a-z0-9._-]*$'))
);

create index host_version_from on host_version (valid_from);
create index host_version_to on host_version (valid_to);
create index host_version_capture on host_version (capture_id);

alter table revision drop constraint revision_kind_known;
alter table revision add constraint revision_kind_known check (kind in ('TABLES', 'CAPTURES', 'HOSTS'));

alter table registry_head add column hosts_revision bigint default 0 not null;
alter table registry_head add constraint registry_head_hosts_newest
    check (revision >= hosts_revision and hosts_revision >= 0);
