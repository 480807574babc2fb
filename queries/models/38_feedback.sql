-- One row for each card of feedback to a member's work unit (社区表现反馈卡) of a
-- period. returned is whether the unit answered: its receipt is filled in, and
-- does not say that there is none; or there is a day on which it came. days are
-- those from sending the card to that day, where both are known and in order.

SELECT
    named.community,
    named.period_start,
    named.period_end,
    line.batch,
    line.row,
    line.name,
    named.member,
    named.member_decision,
    line.work_unit,
    line.span,
    CAST(line.attended AS BIGINT) AS attended,
    CAST(line.hours AS DECIMAL(18, 2)) AS hours,
    line.post,
    line.overall,
    line.community_opinion,
    line.receipt,
    line.sent_on,
    line.returned_on,
    CASE WHEN line.returned_on >= line.sent_on THEN DATE_DIFF('day', line.sent_on, line.returned_on) END AS days,
    line.returned_on IS NOT NULL OR line.receipt IS NOT NULL AND line.receipt NOT IN ('否', '未', '未回', '未回执', '未收到', '未收到回执', '未返回', '未寄回', '待回执') AS returned
FROM raw.feedback AS line
JOIN core.member_named AS named ON named.kind = 'feedback' AND named.batch = line.batch AND named.row = line.row
