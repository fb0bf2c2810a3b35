#!/bin/sh
# Installs the programs by other hands that look into redacted copies. Needs root and a Debian mirror.
set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends \
    libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils mupdf-tools qpdf
