-- What QEMU was given as the guest's CPU when a list was taken (-cpu); null where nobody said.
alter table capture add column if not exists cpu varchar(300);

-- Other names of a host, separated by single blanks; its QEMU, and what it gives guests as CPU. Null where not known.
alter table host_version add column if not exists names varchar(4100);
alter table host_version add column if not exists qemu varchar(200);
alter table host_version add column if not exists x_mig_properties boolean;
alter table host_version add column if not exists cpu varchar(300);

-- When each host was last heard of; no revision is made of it. Kernel: what it ran then, null for that of its capture.
create table if not exists host_sighting (
    name varchar(253) not null,
    seen_at timestamp(6) with time zone not null,
    kernel varchar(400),
    -- Ascends with each write, so that other instances find what is new.
    change_number bigint not null,
    constraint host_sighting_pk primary key (name)
);

create index if not exists host_sighting_change on host_sighting (change_number);
