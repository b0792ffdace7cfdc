-- What flights cost in points: a copy of what the loyalty programme filed.
create table shopping.award_chart (
    programme      text  not null,
    effective_from date  not null,
    chart          jsonb not null,
    constraint one_chart_from_a_day_on primary key (programme, effective_from)
);
