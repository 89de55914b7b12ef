-- What each expectation was from one revision up to, not including, another.
create table expectation_version (
    expectation_id bigint not null,
    valid_from bigint not null,
    valid_to bigint,
    machine_type varchar(64) not null,
    from_kernels varchar(1060) not null,
    to_kernels varchar(1060) not null,
    cpu_model varchar(100),
    back boolean not null,
    load_behaviour varchar(32) not null,
    tolerances_from_table boolean not null,
    source_x_mig_properties boolean not null,
    required varchar(32) not null,
    description varchar(2000) not null,
    constraint expectation_version_pk primary key (expectation_id, valid_from),
    constraint expectation_version_one_at_a_time unique nulls not distinct (expectation_id, valid_to),
    constraint expectation_version_from_revision foreign key (valid_from) references revision (number),
    constraint expectation_version_to_revision foreign key (valid_to) references revision (number),
    constraint expectation_version_held check (valid_to > valid_from),
    constraint expectation_version_id_counts_from_one check (expectation_id > 0),
    constraint expectation_version_tolerances check (load_behaviour = 'TOLERANCES' or not tolerances_from_table)
);

create index expectation_version_from on expectation_version (valid_from);
create index expectation_version_to on expectation_version (valid_to);

alter table revision drop constraint revision_kind_known;
alter table revision add constraint revision_kind_known
    check (kind in ('TABLES', 'CAPTURES', 'HOSTS', 'EXPECTATIONS'));

alter table registry_head add column expectations_revision bigint default 0 not null;
alter table registry_head add constraint registry_head_expectations_newest
    check (revision >= expectations_revision and expectations_revision >= 0);
