-- The channels that enrolled a member or sold to him: they may see him, others may not.
create table loyalty.member_channel (
    member_number text not null,
    channel       text not null,
    constraint one_row_per_member_and_channel primary key (member_number, channel)
);
