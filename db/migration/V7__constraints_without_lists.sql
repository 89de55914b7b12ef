-- H2 keeps a check by a list of values bound to the connection that made it: once that connection is closed, every
-- write to the table fails until the database is opened anew. A case by single values is not bound.
-- Each constraint is dropped only if it exists, so that this can run again where it was cut off.

alter table revision drop constraint if exists revision_kind_known;
alter table revision add constraint revision_kind_known check (
    case
        when kind = 'TABLES' then true
        when kind = 'CAPTURES' then true
        when kind = 'HOSTS' then true
        when kind = 'EXPECTATIONS' then true
        else false
    end);

alter table policy_entry_version drop constraint if exists policy_entry_version_property_known;
alter table policy_entry_version add constraint policy_entry_version_property_known check (
    case
        when property = 'x-mig-hidden-regs' then true
        when property = 'x-mig-safe-missing-regs' then true
        else false
    end);

alter table capture drop constraint if exists capture_accelerator_known;
alter table capture add constraint capture_accelerator_known check (
    case
        when accelerator = 'kvm' then true
        when accelerator = 'tcg' then true
        else false
    end);
