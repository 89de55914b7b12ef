-- Runs unchanged on PostgreSQL 15 and later and on H2 2.4 in its PostgreSQL mode.

create table revision (
    number bigint not null,
    made_at timestamp(6) with time zone not null,
    author varchar(200) not null,
    reason varchar(2000) not null,
    kind varchar(16) not null,
    constraint revision_pk primary key (number),
    constraint revision_number_counts_from_one check (number > 0),
    constraint revision_author_given check (char_length(author) > 0),
    constraint revision_reason_given check (char_length(reason) > 0),
    constraint revision_kind_known check (kind in ('TABLES', 'CAPTURES'))
);

create index revision_by_kind on revision (kind, number);

-- One row: the newest revision of all and of each kind. Whoever writes locks it first.
create table registry_head (
    id smallint not null,
    revision bigint not null,
    tables_revision bigint not null,
    captures_revision bigint not null,
    constraint registry_head_pk primary key (id),
    constraint registry_head_single check (id = 1),
    constraint registry_head_newest check (revision >= tables_revision and revision >= captures_revision
        and tables_revision >= 0 and captures_revision >= 0)
);

insert into registry_head (id, revision, tables_revision, captures_revision) values (1, 0, 0, 0);
