-- kept: by community and period
--
-- One row for each Party member on a community's roll (党员名册) of a period. A
-- person who stands on it twice is kept once, as first written.

WITH
numbered AS (
    SELECT
        line.*,
        ROW_NUMBER() OVER (PARTITION BY community, period_end, person ORDER BY batch, row) AS nth
    FROM core.member_line AS line
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
    age,
    ethnicity,
    education,
    kind,
    standing,
    party_group,
    branch,
    joined_on,
    party_years,
    work_unit,
    post1,
    post2,
    dues
FROM numbered
WHERE nth = 1
