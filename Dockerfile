# The server in a container: no install script has run, nothing of the build is left, and it is not root.
#   docker build -t fixladder . && docker run -p 3978:3978 -v fixladder:/data fixladder

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# Source maps, benchmarks, the demo and the app package are for a checkout.
RUN npm run build && rm -f dist/*.map dist/bench-*.js dist/demo.js dist/teams-package.js

FROM node:22-bookworm-slim
WORKDIR /app
# Everything is bundled but the database's engine, and what finds its binary.
COPY --from=build /app/node_modules/@photostructure/sqlite ./node_modules/@photostructure/sqlite
COPY --from=build /app/node_modules/node-gyp-build ./node_modules/node-gyp-build
COPY --from=build /app/dist ./dist
COPY knowledge ./knowledge
COPY package.json ./
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
ENV HOST=0.0.0.0 DATA_DIR=/data
VOLUME /data
EXPOSE 3978
HEALTHCHECK --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--semi-space-growth-factor=1", "dist/main.js"]
