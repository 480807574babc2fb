-- One row for each line of the yearly appraisal of members (民主评议). member is
-- looked for on the roll of the year's end.

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
    line.standing,
    line.own,
    line.peers,
    CAST(line.votes_good AS BIGINT) AS votes_good,
    CAST(line.votes_passed AS BIGINT) AS votes_passed,
    CAST(line.votes_weak AS BIGINT) AS votes_weak,
    CAST(line.votes_failed AS BIGINT) AS votes_failed,
    CAST(line.score AS DECIMAL(18, 2)) AS score,
    line.grade
FROM raw.appraisal AS line
JOIN core.member_named AS named ON named.kind = 'appraisal' AND named.batch = line.batch AND named.row = line.row
