# The harness as an image; how it is used is in docs/several-machines.md.
ARG BASE=node:24-slim

FROM ${BASE} AS modules
WORKDIR /brownout
COPY package.json package-lock.json .npmrc ./
# A base that has the modules already, for where no registry is reachable, is taken as it is. What is optional is wanted by developers only;
# esbuild, which also has its program there, then installs it by itself.
RUN test -d node_modules || npm ci --omit=dev --omit=optional

FROM ${BASE}
COPY --from=modules /brownout/node_modules /brownout/node_modules
COPY . /brownout
RUN ln -s /brownout/src/cli/brownout.js /usr/local/bin/brownout && mkdir -p /work/reports && chown -R 1000:1000 /work
# As a number, because Kubernetes believes in no name that it is no administrator.
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["brownout"]
