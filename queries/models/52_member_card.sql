-- One row for each line that makes one of the four cards (四卡) of a member: the
-- line of the roll where it gives sex, birth and joining (基本情况卡), a signature
-- (活动记录卡), and a card of performance (社区表现卡) or of feedback
-- (社区表现反馈卡). A member has a card once, whatever the number of lines; a line
-- of which nobody knows who is meant makes none.

SELECT community, period_start, period_end, batch, row, person, '基本情况卡' AS card
FROM core.member
WHERE sex IS NOT NULL AND birth IS NOT NULL AND joined_on IS NOT NULL
UNION ALL
SELECT community, period_start, period_end, batch, row, member AS person, '活动记录卡' AS card
FROM core.member_attendance
WHERE status = '出席'
UNION ALL
SELECT community, period_start, period_end, batch, row, member AS person, '社区表现卡' AS card
FROM core.performance
WHERE member IS NOT NULL
UNION ALL
SELECT community, period_start, period_end, batch, row, member AS person, '社区表现反馈卡' AS card
FROM core.feedback
WHERE member IS NOT NULL
