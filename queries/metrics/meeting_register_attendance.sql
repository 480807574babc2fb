-- metric: meeting_register_attendance
-- title:  三会一课到会率（活动台账）
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = sum attended of held where counted
-- trace:  whole = sum due of held where counted
-- trace:  value = part / whole
-- trace:  meetings = count of held
-- trace:  uncounted = count of held where NOT counted
--
-- 按活动台账：各次会议所填的实到人数之和除以应到人数之和，只算两个数都填了的，不是所填出勤率的平均；会议的范围见“参加组织生活次数”。
-- 台账上的两个数照填写的算，应到减没减请假、含不含在职党员，以填表的人为准，所以与按签到表逐人数出来的“三会一课到会率”可以不同。
-- 会议数是台账上会议的行数，其中没有填全两个数的另列。一次会议都没有登记的，到会率留空。没有交活动台账的社区不列出。

WITH
held AS (
    SELECT community, batch, row, due, attended, due IS NOT NULL AND attended IS NOT NULL AS counted
    FROM core.activity
    WHERE period_start >= $period_start AND period_end <= $period_end
      AND activity_kind IN ('三会一课', '主题党日', '组织生活', '党员大会', '支部党员大会', '党小组会', '党课', '支委会')
),
totals AS (
    SELECT
        community,
        SUM(attended) FILTER (WHERE counted) AS part,
        SUM(due) FILTER (WHERE counted) AS whole,
        COUNT(*) AS meetings,
        COUNT(*) FILTER (WHERE NOT counted) AS uncounted
    FROM held
    GROUP BY community
),
registers AS (
    SELECT DISTINCT community
    FROM core.batch
    WHERE kind = 'activity'
      AND period_start >= $period_start AND period_end <= $period_end
)
SELECT
    registers.community,
    CAST(totals.part AS BIGINT) AS part,
    CAST(totals.whole AS BIGINT) AS whole,
    CAST(CAST(totals.part AS DECIMAL(18, 10)) / NULLIF(totals.whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST(COALESCE(totals.meetings, 0) AS BIGINT) AS meetings,
    CAST(COALESCE(totals.uncounted, 0) AS BIGINT) AS uncounted
FROM registers
LEFT JOIN totals ON totals.community = registers.community
ORDER BY registers.community
