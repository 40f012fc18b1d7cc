-- The days a request is open, so that a report reads those of its month alone, however many there have been.
CREATE INDEX requests_days ON requests USING gist (daterange(arrived_on, closed_on, '[]'));
