-- One row for each line of a community's register of people (居民登记) of a
-- period: those who live there at its end, and those who left within it.
--
-- person is who it is: by ID number, else by name and phone, else by name and
-- birth date, else the line itself, so that a bare name never merges two.
--
-- age and stay_months are full years and months on the period's last day: who
-- came on 1 July has been there five months on 31 December, and six on 1
-- January. Both are null where the date is blank or after the period. They are
-- worked out of year and month alone, because each period ends with a month. A
-- permit is good on its last day, and without one for ever.

WITH
lines AS (
    SELECT
        live.community,
        live.period_start,
        live.period_end,
        line.*,
        COALESCE(line.id_number_sex, line.sex) AS known_sex,
        COALESCE(line.id_number_birth, line.birth) AS known_birth
    FROM raw.resident AS line
    JOIN ops.live AS live ON live.batch = line.batch
)
SELECT
    community,
    period_start,
    period_end,
    batch,
    row,
    CASE
        WHEN id_number_key IS NOT NULL THEN 'id:' || CAST(id_number_key AS VARCHAR)
        WHEN phone_key IS NOT NULL THEN 'phone:' || CAST(phone_key AS VARCHAR) || ':' || name
        WHEN birth IS NOT NULL THEN 'birth:' || CAST(birth AS VARCHAR) || ':' || name
        ELSE 'row:' || CAST(batch AS VARCHAR) || ':' || CAST(row AS VARCHAR)
    END AS person,
    household_no,
    building,
    name,
    known_sex AS sex,
    known_birth AS birth,
    CASE
        WHEN known_birth < period_end
            THEN EXTRACT(YEAR FROM period_end) - EXTRACT(YEAR FROM known_birth)
                - CASE WHEN EXTRACT(MONTH FROM known_birth) >= EXTRACT(MONTH FROM period_end) THEN 1 ELSE 0 END
    END AS age,
    kind,
    origin,
    reason,
    dwelling,
    arrived_on,
    CASE
        WHEN arrived_on < period_end
            THEN 12 * (EXTRACT(YEAR FROM period_end) - EXTRACT(YEAR FROM arrived_on))
                + EXTRACT(MONTH FROM period_end) - EXTRACT(MONTH FROM arrived_on) - 1
    END AS stay_months,
    left_on,
    permit,
    permit_until,
    COALESCE(permit_until < period_end - INTERVAL '1' DAY, FALSE) AS permit_expired,
    left_on IS NULL OR left_on >= period_end AS present
FROM lines
