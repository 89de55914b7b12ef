-- Changes of the tables that are being prepared. They make no revision until they are published, and only their newest
-- state is kept.
create sequence draft_version start with 1;

create table draft (
    name varchar(64) not null,
    -- From the sequence: no two states of any drafts have the same one.
    version bigint not null,
    description varchar(2000) not null,
    base_revision bigint not null,
    created_by varchar(200) not null,
    created_at timestamp(6) with time zone not null,
    changed_by varchar(200) not null,
    changed_at timestamp(6) with time zone not null,
    published_as bigint,
    constraint draft_pk primary key (name),
    constraint draft_name_canonical check (regexp_like(name, '^[A-Za-z0-9][A-Za-z0-9._-]*$')),
    constraint draft_base_counts check (base_revision >= 0),
    constraint draft_published_as_revision foreign key (published_as) references revision (number)
);

create table draft_edit (
    draft_name varchar(64) not null,
    -- From 0.
    position integer not null,
    -- A JSON object: see DraftText.
    edit varchar(250000) not null,
    constraint draft_edit_pk primary key (draft_name, position),
    constraint draft_edit_of_draft foreign key (draft_name) references draft (name)
);
