-- Who may do what. No revision is made of it: it decides no verdict. Of a token only its hash is kept.
create table if not exists account (
    name varchar(100) not null,
    role varchar(20) not null,
    -- Patterns of the machine types and hosts that it may write; null for all.
    machine_types varchar(400),
    hosts varchar(400),
    speaks_for_others boolean not null,
    description varchar(1000) not null,
    created_at timestamp(6) with time zone not null,
    created_by varchar(200) not null,
    -- The number of the change that last changed it.
    version bigint not null,
    constraint account_pk primary key (name)
);

create table if not exists api_token (
    id varchar(12) not null,
    account varchar(100) not null,
    hash varchar(64) not null,
    created_at timestamp(6) with time zone not null,
    created_by varchar(200) not null,
    expires_at timestamp(6) with time zone not null,
    revoked_at timestamp(6) with time zone,
    last_used_at timestamp(6) with time zone,
    constraint api_token_pk primary key (id),
    constraint api_token_account foreign key (account) references account (name)
);

create index if not exists api_token_of_account on api_token (account);

-- One row, which each change of accounts counts up: writers wait for one another at it, and instances see what is new.
create table if not exists access_state (
    id integer not null,
    version bigint not null,
    constraint access_state_pk primary key (id)
);

insert into access_state (id, version) select 1, 0 where not exists (select 1 from access_state);
