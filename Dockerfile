# The build: compiler and development dependencies stay here. What it makes is the same on every platform.
FROM --platform=$BUILDPLATFORM node:26-bookworm-slim@sha256:367679cf9792759492a486e4aa4b421764d71a9546a6dae8aab81a99eb797b3e AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY bundle.mjs chunks.mjs compiled-schemas.mjs inline-text.mjs LICENSE ./
COPY src src
RUN npm run build && chmod +x dist/cli.js

# The image: Node, the compiled program with its packages in it, the list of those for scanners (dist/sbom.cdx.json), and
# nothing that builds or installs.
FROM node:26-bookworm-slim@sha256:367679cf9792759492a486e4aa4b421764d71a9546a6dae8aab81a99eb797b3e
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* \
      /usr/local/bin/yarn /usr/local/bin/yarnpkg
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/dist dist
COPY policies policies
COPY demo demo
# What roles of a sandbox's fleet may (`like: audit-role`), and what `init` writes.
COPY deploy deploy
COPY LICENSE ./
# buildah makes no folder for a WORKDIR that nothing follows, and where the file system is read-only nobody can make it later.
RUN ln -s /app/dist/cli.js /usr/local/bin/mfa-drift && mkdir /audit
# Where a company mounts its own mfa-drift.yaml and policies. The program writes only to its run directory and to the
# reports it is told to write, so the file system may be read-only with a writable /tmp.
WORKDIR /audit
USER node
ENTRYPOINT ["mfa-drift"]
CMD ["--help"]
