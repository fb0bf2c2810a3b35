# One image for web, workers and beat. Packages are those of the lock, by their hashes.
FROM python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d
RUN useradd --uid 10001 --create-home evidence && install --directory --owner evidence --mode 0700 /var/lib/evidence
WORKDIR /srv/evidence
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e .
USER evidence
ENTRYPOINT ["evidence"]
