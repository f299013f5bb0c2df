# Two images from one build. `product` runs the API, the worker and the command line; `sandbox` runs the bank that we
# test against, with the development packages it needs.
FROM node:22-slim AS base
WORKDIR /app
# Mount points of named volumes: an empty volume takes over their owner, and nothing here runs as root.
RUN install -d -o node -g node /tls /ca
COPY deploy/healthcheck.cjs ./

FROM base AS build
COPY package.json package-lock.json ./
COPY packages/client/package.json ./packages/client/
# No package of ours needs its install script: native parts come ready-made.
RUN npm ci --include=dev --include=optional --ignore-scripts --no-audit --no-fund
COPY . .
# Neither image has the client: it is what others use. A link to it would lead nowhere.
RUN npm run build && rm -r node_modules/@fdx-consent

FROM base AS packages
COPY package.json package-lock.json ./
# Of the workspaces nothing is installed, neither a link nor what they alone depend on.
RUN npm ci --workspaces=false --omit=dev --include=optional --ignore-scripts --no-audit --no-fund

FROM base AS product
# For TLS with a Temporal server elsewhere: its client reads the certificates of the system.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/dist/src ./dist/src
COPY --from=build /app/dist/workflow-bundle.js ./dist/workflow-bundle.js
USER node
EXPOSE 3000
CMD ["node", "dist/src/server.js"]

FROM base AS sandbox
ENV NODE_OPTIONS=--enable-source-maps
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/dist ./dist
USER node
EXPOSE 9443
CMD ["node", "dist/sandbox/main.js"]
