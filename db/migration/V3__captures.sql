-- What the id is the digest of, and the origin: never changed once stored.
create table capture (
    id varchar(71) not null,
    added_by bigint not null,
    added_at timestamp(6) with time zone not null,
    accelerator varchar(8) not null,
    kernel_release varchar(400),
    kernel_package varchar(200),
    cpu_model varchar(100),
    qemu varchar(200),
    machine_type varchar(100),
    vcpu_feature_set varchar(100),
    -- Separated by single blanks.
    vcpu_features varchar(5100) not null,
    origin varchar(1000) not null,
    -- Register ids and values: see RegisterListBytes.
    registers bytea not null,
    constraint capture_pk primary key (id),
    constraint capture_added_by_revision foreign key (added_by) references revision (number),
    constraint capture_id_canonical check (regexp_like(id, '^sha256:[0-9a-f]{64}$')),
    constraint capture_accelerator_known check (accelerator in ('kvm', 'tcg'))
);

create index capture_added_by on capture (added_by);

-- What a later capture of the same list may add: each row held from one revision up to, not including, another.
create table capture_attributes_version (
    capture_id varchar(71) not null,
    valid_from bigint not null,
    valid_to bigint,
    midr varchar(18),
    hardware_nv smallint,
    -- A JSON object of register id and mask.
    masks varchar(100000),
    constraint capture_attributes_version_pk primary key (capture_id, valid_from),
    constraint capture_attributes_version_one_at_a_time unique nulls not distinct (capture_id, valid_to),
    constraint capture_attributes_version_of_capture foreign key (capture_id) references capture (id),
    constraint capture_attributes_version_from_revision foreign key (valid_from) references revision (number),
    constraint capture_attributes_version_to_revision foreign key (valid_to) references revision (number),
    constraint capture_attributes_version_held check (valid_to > valid_from),
    constraint capture_attributes_version_nv check (hardware_nv between 0 and 15)
);

create index capture_attributes_version_from on capture_attributes_version (valid_from);
create index capture_attributes_version_to on capture_attributes_version (valid_to);
