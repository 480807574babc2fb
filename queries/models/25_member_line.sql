-- kept: by community and period
--
-- One row for each line of a community's roll of Party members (党员名册) of a
-- period.
--
-- person is made as in core.resident, but who gave neither a number nor a birth
-- date is known by name, Party group and work unit while no other line of the
-- roll has all three: decisions and a year's figures are about the same person
-- in each of its rolls. It is the surest identity of those that people have said
-- are one; phone_key is for matching only. age and party_years
-- are full years on the period's last day, as in core.resident.

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
            WHEN COUNT(*) OVER (PARTITION BY live.community, live.period_end, line.name, line.party_group, line.work_unit) = 1
                THEN 'place:' || COALESCE(line.party_group, '') || '，' || COALESCE(line.work_unit, '') || ':' || line.name
            ELSE 'row:' || CAST(line.batch AS VARCHAR) || ':' || CAST(line.row AS VARCHAR)
        END AS person,
        line.name,
        line.phone_key,
        COALESCE(line.id_number_sex, line.sex) AS sex,
        COALESCE(line.id_number_birth, line.birth) AS birth,
        line.ethnicity,
        line.education,
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
)
SELECT
    lines.community,
    lines.period_start,
    lines.period_end,
    lines.batch,
    lines.row,
    COALESCE(alias.same_as, lines.person) AS person,
    lines.name,
    lines.phone_key,
    lines.sex,
    lines.birth,
    CASE
        WHEN lines.birth < lines.period_end
            THEN EXTRACT(YEAR FROM lines.period_end) - EXTRACT(YEAR FROM lines.birth)
                - CASE WHEN EXTRACT(MONTH FROM lines.birth) >= EXTRACT(MONTH FROM lines.period_end) THEN 1 ELSE 0 END
    END AS age,
    lines.ethnicity,
    lines.education,
    lines.kind,
    lines.standing,
    lines.party_group,
    lines.branch,
    lines.joined_on,
    CASE
        WHEN lines.joined_on < lines.period_end
            THEN EXTRACT(YEAR FROM lines.period_end) - EXTRACT(YEAR FROM lines.joined_on)
                - CASE WHEN EXTRACT(MONTH FROM lines.joined_on) >= EXTRACT(MONTH FROM lines.period_end) THEN 1 ELSE 0 END
    END AS party_years,
    lines.work_unit,
    lines.post1,
    lines.post2,
    lines.dues
FROM lines
LEFT JOIN ops.person_alias AS alias ON alias.community = lines.community AND alias.person = lines.person
