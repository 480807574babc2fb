-- Where the columns of a batch's kind stand in its sheet, so that a figure
-- leads back to cells.
CREATE TABLE ops.place (
    batch   INTEGER NOT NULL,
    field   VARCHAR NOT NULL, -- the kind's column
    letter  VARCHAR NOT NULL,
    heading VARCHAR NOT NULL
);
