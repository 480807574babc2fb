-- One row for each Party member on a community's roll (党员名册) of a period. A
-- person who stands on it twice is kept once, as first written.
--
-- person is made as in core.resident; phone_key is for matching only.

WITH
lines AS (
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
        line.name,
        line.phone_key,
        COALESCE(line.id_number_sex, line.sex) AS sex,
        COALESCE(line.id_number_birth, line.birth) AS birth,
        line.kind,
        line.standing,
        line.party_group,
        line.branch,
        line.joined_on,
        line.work_unit,
        line.post1,
        line.post2,
        CAST(line.dues AS BIGINT) AS dues
    FROM raw.member AS line
    JOIN ops.live AS live ON live.batch = line.batch
),
numbered AS (
    SELECT
        lines.*,
        ROW_NUMBER() OVER (PARTITION BY community, period_end, person ORDER BY batch, row) AS nth
    FROM lines
)
SELECT
    community,
    period_start,
    period_end,
    batch,
    row,
    person,
    name,
    phone_key,
    sex,
    birth,
    kind,
    standing,
    party_group,
    branch,
    joined_on,
    work_unit,
    post1,
    post2,
    dues
FROM numbered
WHERE nth = 1
