-- One row for each home on a community's register (住户登记) of a period.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    home.batch,
    home.row,
    home.household_no,
    home.building,
    home.unit,
    home.room,
    home.kind,
    CAST(home.persons AS BIGINT) AS persons,
    home.registered_on
FROM raw.household AS home
JOIN ops.live AS live ON live.batch = home.batch
