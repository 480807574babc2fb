-- kept: by community and period
--
-- One row for each person in each team on a community's roll of volunteers
-- (义工名册) of a period. A person in two teams has two rows and one person.
--
-- One team's list may give the ID number and another's only the phone. Where
-- just one ID number of the roll has the name and the phone, it is that person.
-- Else person is made as in core.resident, but who gave neither a number nor a
-- birth date is known by name and team while no other line of the roll has both,
-- as in core.member_line. It is the surest identity of those that people have
-- said are one; phone_key is for matching only.

WITH
lines AS (
    SELECT
        live.community,
        live.period_start,
        live.period_end,
        line.batch,
        line.row,
        CAST(line.id_number_key AS VARCHAR) AS id_number,
        line.phone_key,
        line.team,
        line.name,
        COALESCE(line.id_number_sex, line.sex) AS sex,
        COALESCE(line.id_number_birth, line.birth) AS birth,
        line.birth AS birth_written,
        line.politics,
        line.joined_on
    FROM raw.volunteer AS line
    JOIN ops.live AS live ON live.batch = line.batch
),
namesakes AS (
    SELECT
        lines.*,
        MIN(id_number) OVER (PARTITION BY community, period_end, name, phone_key) AS first_id,
        MAX(id_number) OVER (PARTITION BY community, period_end, name, phone_key) AS last_id
    FROM lines
),
identified AS (
    SELECT
        namesakes.*,
        CASE
            WHEN id_number IS NOT NULL THEN 'id:' || id_number
            WHEN phone_key IS NOT NULL AND first_id = last_id THEN 'id:' || first_id
            WHEN phone_key IS NOT NULL THEN 'phone:' || CAST(phone_key AS VARCHAR) || ':' || name
            WHEN birth_written IS NOT NULL THEN 'birth:' || CAST(birth_written AS VARCHAR) || ':' || name
            WHEN COUNT(*) OVER (PARTITION BY community, period_end, name, team) = 1 THEN 'place:' || team || ':' || name
            ELSE 'row:' || CAST(batch AS VARCHAR) || ':' || CAST(row AS VARCHAR)
        END AS identity
    FROM namesakes
)
SELECT
    identified.community,
    identified.period_start,
    identified.period_end,
    identified.batch,
    identified.row,
    COALESCE(alias.same_as, identified.identity) AS person,
    identified.team,
    identified.name,
    identified.phone_key,
    identified.sex,
    identified.birth,
    identified.politics,
    identified.joined_on
FROM identified
LEFT JOIN ops.person_alias AS alias ON alias.community = identified.community AND alias.person = identified.identity
