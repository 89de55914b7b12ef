-- Each row says what held from one revision up to, not including, another; valid_to is null for what holds now.

create table machine_type_version (
    name varchar(64) not null,
    valid_from bigint not null,
    valid_to bigint,
    architecture varchar(16) not null,
    inherits_from varchar(64),
    description varchar(2000) not null,
    constraint machine_type_version_pk primary key (name, valid_from),
    constraint machine_type_version_one_at_a_time unique nulls not distinct (name, valid_to),
    constraint machine_type_version_from_revision foreign key (valid_from) references revision (number),
    constraint machine_type_version_to_revision foreign key (valid_to) references revision (number),
    constraint machine_type_version_held check (valid_to > valid_from),
    constraint machine_type_version_no_own_parent check (inherits_from <> name)
);

create index machine_type_version_from on machine_type_version (valid_from);
create index machine_type_version_to on machine_type_version (valid_to);

create table policy_entry_version (
    entry_id bigint not null,
    valid_from bigint not null,
    valid_to bigint,
    machine_type varchar(64) not null,
    property varchar(32) not null,
    register_id varchar(18) not null,
    kernel_stream varchar(32) not null,
    kernel_range varchar(1024) not null,
    condition_mask varchar(18),
    condition_expected varchar(18),
    rationale varchar(4000) not null,
    -- A JSON array of strings.
    reference_texts varchar(200000) not null,
    constraint policy_entry_version_pk primary key (entry_id, valid_from),
    constraint policy_entry_version_one_at_a_time unique nulls not distinct (entry_id, valid_to),
    constraint policy_entry_version_from_revision foreign key (valid_from) references revision (number),
    constraint policy_entry_version_to_revision foreign key (valid_to) references revision (number),
    constraint policy_entry_version_held check (valid_to > valid_from),
    constraint policy_entry_version_id_counts_from_one check (entry_id > 0),
    constraint policy_entry_version_property_known
        check (property in ('x-mig-hidden-regs', 'x-mig-safe-missing-regs')),
    constraint policy_entry_version_register_canonical check (regexp_like(register_id, '^0x[0-9a-f]{16}$')),
    constraint policy_entry_version_condition_whole
        check ((condition_mask is null) = (condition_expected is null)),
    constraint policy_entry_version_condition_on_safe_missing
        check (condition_mask is null or property = 'x-mig-safe-missing-regs')
);

create index policy_entry_version_from on policy_entry_version (valid_from);
create index policy_entry_version_to on policy_entry_version (valid_to);
