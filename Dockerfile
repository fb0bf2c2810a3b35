# One image for web, worker and beat. Packages are those of the lock, by their hashes.
FROM python:3.11-slim-bookworm
RUN useradd --create-home evidence
WORKDIR /srv/evidence
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e .
USER evidence
ENTRYPOINT ["evidence"]
