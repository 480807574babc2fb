-- One row for each office, school or firm in a community (驻区单位) at a period's
-- end. party_body and agreement are 是, 否 or not filled in.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    line.name,
    line.unit_kind,
    CAST(line.staff AS BIGINT) AS staff,
    line.party_body,
    CAST(line.members AS BIGINT) AS members,
    line.agreement
FROM raw.unit AS line
JOIN ops.live AS live ON live.batch = line.batch
