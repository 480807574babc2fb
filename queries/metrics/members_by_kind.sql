-- metric: members_by_kind
-- title:  党员构成
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: members apart
-- trace:  members = distinct person of roll
--
-- 期末党员名册上直管、在职、流动党员的人数，预备党员也在内，同一人只算一次。
-- 在职党员的组织关系在工作单位，到社区报到后列入名册，不算本支部的党员。没有交名册的社区不列出。

WITH
roll AS (
    SELECT community, batch, row, person, kind
    FROM core.member
    WHERE period_end = $period_end
)
SELECT
    community,
    kind,
    CAST(COUNT(DISTINCT person) AS BIGINT) AS members
FROM roll
GROUP BY community, kind
ORDER BY community, CASE kind WHEN '直管' THEN 1 WHEN '在职' THEN 2 ELSE 3 END
