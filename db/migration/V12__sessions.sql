-- Sessions of the pages, for Spring Session: one that began at an instance goes on at every other one.
create table if not exists spring_session (
    primary_id char(36) not null,
    session_id char(36) not null,
    creation_time bigint not null,
    last_access_time bigint not null,
    max_inactive_interval integer not null,
    expiry_time bigint not null,
    -- The longest author, as a revision may have it.
    principal_name varchar(200),
    constraint spring_session_pk primary key (primary_id)
);

create unique index if not exists spring_session_by_id on spring_session (session_id);
create index if not exists spring_session_by_expiry on spring_session (expiry_time);
create index if not exists spring_session_by_name on spring_session (principal_name);

create table if not exists spring_session_attributes (
    session_primary_id char(36) not null,
    attribute_name varchar(200) not null,
    attribute_bytes bytea not null,
    constraint spring_session_attributes_pk primary key (session_primary_id, attribute_name),
    constraint spring_session_attributes_of foreign key (session_primary_id)
        references spring_session (primary_id) on delete cascade
);
