-- One row for each line of a community's register of people (居民登记) of a
-- period: those who live there at its end, and those who left within it.
--
-- person is who it is: by ID number, else by name and phone, else by name and
-- birth date, else the line itself, so that a bare name never merges two.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    CASE
        WHEN line.id_number_key IS NOT NULL THEN 'id:' || CAST(line.id_number_key AS VARCHAR)
        WHEN line.phone_key IS NOT NULL THEN 'phone:' || CAST(line.phone_key AS VARCHAR) || ':' || line.name
        WHEN line.birth IS NOT NULL THEN 'birth:' || CAST(line.birth AS VARCHAR) || ':' || line.name
        ELSE 'row:' || CAST(line.batch AS VARCHAR) || ':' || CAST(line.row AS VARCHAR)
    END AS person,
    line.household_no,
    line.building,
    line.name,
    COALESCE(line.id_number_sex, line.sex) AS sex,
    COALESCE(line.id_number_birth, line.birth) AS birth,
    line.kind,
    line.origin,
    line.reason,
    line.dwelling,
    line.arrived_on,
    line.left_on,
    line.permit,
    line.permit_until,
    line.left_on IS NULL OR line.left_on >= live.period_end AS present
FROM raw.resident AS line
JOIN ops.live AS live ON live.batch = line.batch
