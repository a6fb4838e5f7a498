# The harness as an image; how it is used is in docs/several-machines.md.
ARG BASE=node:24-slim

FROM ${BASE} AS modules
WORKDIR /brownout
COPY package.json package-lock.json .npmrc ./
# A base that has the modules already, for where no registry is reachable, is taken as it is. What is removed are packages for developers
# that npm leaves because others could make use of them.
RUN test -d node_modules || { \
      npm ci --omit=dev --ignore-scripts && \
      rm -rf node_modules/vite node_modules/rolldown node_modules/@rolldown node_modules/lightningcss* \
        node_modules/typescript node_modules/@typescript; \
    }

FROM ${BASE}
COPY --from=modules /brownout/node_modules /brownout/node_modules
COPY . /brownout
RUN ln -s /brownout/src/cli/brownout.js /usr/local/bin/brownout && mkdir -p /work/reports && chown -R 1000:1000 /work
# As a number, because Kubernetes believes in no name that it is no administrator.
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["brownout"]
