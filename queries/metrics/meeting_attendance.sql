-- metric: meeting_attendance
-- title:  三会一课到会率
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  part = distinct person, day, activity of called where status = '出席'
-- trace:  absences = distinct person, day, activity of called where status = '缺席' AND (community, person, day, activity) NOT IN (SELECT community, person, day, activity FROM called WHERE status <> '缺席')
-- trace:  whole = part + absences
-- trace:  value = part / whole
-- trace:  leaves = distinct person, day, activity of called where status = '请假' AND (community, person, day, activity) NOT IN (SELECT community, person, day, activity FROM called WHERE status = '出席')
-- trace:  meetings = distinct day, activity of called
-- trace:  all_signed = distinct day, activity of called where (community, day, activity) NOT IN (SELECT community, day, activity FROM called WHERE status <> '出席')
--
-- 按签到表：实到人次之和除以应到人次之和，不是各次到会率的平均；会议的范围见“参加组织生活次数”。应到是签到表上列了名的在册党员减去请假的，也就是实到加无故缺席；
-- 请假的既不算应到也不算实到，另列人次；经批准免予参加的人，签到表不列名就不算应到。在职党员的组织生活在工作单位，不计入。
-- 一人一次会议有几行的，有一行出席就算出席，否则有一行请假就算请假。签到表上与别人同名又分不清的、不在名册上的，不计入。
-- 会议数是这些人列了名的会议有几次，同一天同名的算一次。签到表只列到会的人，到会率就会偏高，所以另列“全部签到的会议数”，就是没有列出一个请假或缺席的会议有几次，供看的人掂量。没有人应到的没有到会率，而不是 100%。没有交活动签到或党员名册的社区不列出。

WITH
roll AS (
    SELECT community, period_end, person
    FROM core.member
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND kind <> '在职'
),
called AS (
    SELECT line.community, line.batch, line.row, line.member AS person, line.day, line.activity, line.status
    FROM core.member_attendance AS line
    JOIN roll ON roll.community = line.community AND roll.period_end = line.period_end AND roll.person = line.member
    WHERE line.period_start >= $period_start AND line.period_end > $period_start AND line.period_end <= $period_end
      AND line.activity_kind IN ('三会一课', '主题党日', '组织生活', '党员大会', '支部党员大会', '党小组会', '党课', '支委会')
),
came AS (
    SELECT
        community,
        day,
        activity,
        MAX(CASE status WHEN '出席' THEN 2 WHEN '请假' THEN 1 ELSE 0 END) AS best,
        COUNT(*) FILTER (WHERE status <> '出席') AS others
    FROM called
    GROUP BY community, person, day, activity
),
held AS (
    SELECT
        community,
        COUNT(*) FILTER (WHERE best = 2) AS part,
        COUNT(*) FILTER (WHERE best = 1) AS leaves,
        COUNT(*) FILTER (WHERE best = 0) AS absences,
        SUM(others) AS others
    FROM came
    GROUP BY community, day, activity
),
totals AS (
    SELECT
        community,
        SUM(part) AS part,
        SUM(leaves) AS leaves,
        SUM(absences) AS absences,
        COUNT(*) AS meetings,
        COUNT(*) FILTER (WHERE others = 0) AS all_signed
    FROM held
    GROUP BY community
),
registers AS (
    SELECT DISTINCT sheet.community
    FROM core.batch AS sheet
    JOIN roll ON roll.community = sheet.community
    WHERE sheet.kind = 'attendance'
      AND sheet.period_start >= $period_start AND sheet.period_end <= $period_end
)
SELECT
    registers.community,
    CAST(COALESCE(totals.part, 0) AS BIGINT) AS part,
    CAST(COALESCE(totals.part + totals.absences, 0) AS BIGINT) AS whole,
    CAST(CAST(totals.part AS DECIMAL(18, 10)) / NULLIF(totals.part + totals.absences, 0) AS DECIMAL(18, 10)) AS value,
    CAST(COALESCE(totals.leaves, 0) AS BIGINT) AS leaves,
    CAST(COALESCE(totals.absences, 0) AS BIGINT) AS absences,
    CAST(COALESCE(totals.meetings, 0) AS BIGINT) AS meetings,
    CAST(COALESCE(totals.all_signed, 0) AS BIGINT) AS all_signed
FROM registers
LEFT JOIN totals ON totals.community = registers.community
ORDER BY registers.community
