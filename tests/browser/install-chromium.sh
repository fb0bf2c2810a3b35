#!/bin/sh
# Installs Debian's Chromium where there is none. Needs root and a Debian mirror.
set -e
command -v chromium >/dev/null && exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium fonts-liberation
