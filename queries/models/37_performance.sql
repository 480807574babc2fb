-- One row for each line of the cards of performance in the community (社区表现卡)
-- of a period.

SELECT
    named.community,
    named.period_start,
    named.period_end,
    line.batch,
    line.row,
    line.name,
    named.member,
    named.member_decision,
    line.party_group,
    line.work_unit,
    CAST(line.due AS BIGINT) AS due,
    CAST(line.attended AS BIGINT) AS attended,
    CAST(line.hours AS DECIMAL(18, 2)) AS hours,
    line.post,
    line.duty_opinion,
    line.public_opinion,
    line.group_opinion,
    CAST(line.score AS DECIMAL(18, 2)) AS score
FROM raw.performance AS line
JOIN core.member_named AS named ON named.kind = 'performance' AND named.batch = line.batch AND named.row = line.row
