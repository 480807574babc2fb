-- metric: honours_by_level
-- title:  各级荣誉
-- grain:  part
-- unit:   honours
-- basis:  台账
-- trace:  honours = count of held
-- trace:  awarded = count of held where fresh
--
-- 期末荣誉台账上各级荣誉的项数，不论哪一年获得，一行算一项；其中授予时间在本期内的另列一数，没有填授予时间的不算本期。
-- 级别从高到低排列。没有交荣誉台账的社区不列出，而不是算零。

WITH
held AS (
    SELECT
        community,
        level,
        batch,
        row,
        awarded_on >= $period_start AND awarded_on < $period_end AS fresh
    FROM core.honour
    WHERE period_end = $period_end
),
totals AS (
    SELECT community, level, COUNT(*) AS honours, COUNT(*) FILTER (WHERE fresh) AS awarded
    FROM held
    GROUP BY community, level
)
SELECT
    community,
    level,
    CAST(honours AS BIGINT) AS honours,
    CAST(awarded AS BIGINT) AS awarded
FROM totals
ORDER BY
    community,
    CASE level WHEN '国家级' THEN 1 WHEN '省级' THEN 2 WHEN '市级' THEN 3 WHEN '县级' THEN 4 ELSE 5 END
