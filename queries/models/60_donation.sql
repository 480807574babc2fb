-- One row for each gift (捐款台账). A gift whose line names no campaign belongs
-- to the campaign that its sheet is about.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    gift.batch,
    gift.row,
    gift.day,
    gift.donor,
    CAST(gift.amount AS DECIMAL(18, 2)) AS amount,
    COALESCE(gift.campaign, NULLIF(live.part, '')) AS campaign,
    gift.method,
    gift.work_unit
FROM raw.donation AS gift
JOIN ops.live AS live ON live.batch = gift.batch
