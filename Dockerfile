# The product as npm publishes it, with Node, Lean and bubblewrap; no Temporal server, no database.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci && mkdir /out && npm pack --pack-destination /out

FROM node:24.21.0-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap ca-certificates \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /out /tmp/package
RUN npm install --global /tmp/package/proofloop-*.tgz && rm -r /tmp/package \
  && mkdir -p /home/node/.cache /home/node/.local && chown node:node /home/node/.cache /home/node/.local
USER node
ENTRYPOINT ["proofloop"]
CMD ["worker"]
