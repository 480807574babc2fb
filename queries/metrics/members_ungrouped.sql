-- metric: members_ungrouped
-- title:  未编组党员
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = distinct person of roll where party_group IS NULL
-- trace:  whole = distinct person of roll
-- trace:  value = part / whole
--
-- 期末党员名册上没有填党小组的直管党员，占直管党员的比例；预备党员也在内，同一人只算一次。
-- 名册总数与各党小组人数之和对不上，差的就是这些人。名册上没有直管党员的社区、没有交名册的社区不列出，而不是算零。

WITH
roll AS (
    SELECT community, batch, row, person, party_group
    FROM core.member
    WHERE period_end = $period_end AND kind = '直管'
),
totals AS (
    SELECT
        community,
        COUNT(DISTINCT person) FILTER (WHERE party_group IS NULL) AS part,
        COUNT(DISTINCT person) AS whole
    FROM roll
    GROUP BY community
)
SELECT
    community,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value
FROM totals
ORDER BY community
