-- What people said of a community's own headings: each row the latest word on
-- whether a heading is a column of a kind. Nothing is changed in place.
CREATE TABLE ops.alias (
    seq       BIGINT    NOT NULL,
    made_at   TIMESTAMP NOT NULL,
    who       VARCHAR   NOT NULL,
    answer    VARCHAR   NOT NULL CHECK (answer IN ('waiting', 'yes', 'no')),
    community VARCHAR   NOT NULL,
    kind      VARCHAR   NOT NULL,
    heading   VARCHAR   NOT NULL,
    field     VARCHAR   NOT NULL, -- the kind's column
    file      VARCHAR   NOT NULL  -- that it was first seen in
);
