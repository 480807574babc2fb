-- One row for each decision about a member's points (加扣分台账): points added or
-- taken, a veto, an exemption. A deduction is a positive number of points,
-- however its line writes the sign.

SELECT
    named.community,
    named.period_start,
    named.period_end,
    line.batch,
    line.row,
    line.decided_on,
    line.name,
    named.member,
    named.member_decision,
    line.party_group,
    line.kind,
    line.reason,
    CAST(CASE WHEN line.kind = '扣分' AND line.points < 0 THEN -line.points ELSE line.points END AS DECIMAL(18, 2)) AS points,
    line.evidence,
    line.decided_by
FROM raw.conduct AS line
JOIN core.member_named AS named ON named.kind = 'conduct' AND named.batch = line.batch AND named.row = line.row
