-- One row for each line of a community's claims of posts (岗位认领, 报到登记卡) of a
-- period. A cell may name several posts; core.member_post has them one by one.

SELECT
    named.community,
    named.period_start,
    named.period_end,
    line.batch,
    line.row,
    line.name,
    named.member,
    named.member_decision,
    line.party_group,
    line.work_unit,
    line.post1,
    line.post2,
    line.post3,
    line.claimed_on
FROM raw.claim AS line
JOIN core.member_named AS named ON named.kind = 'claim' AND named.batch = line.batch AND named.row = line.row
