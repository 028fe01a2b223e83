FROM node:24-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --omit=optional && npm run build

FROM node:24-slim
COPY --from=build /build/dist/paperboy-*.tgz /tmp/
RUN npm install --global /tmp/paperboy-*.tgz && install -d -o node -m 700 /data
USER node
ENV DATA_DIR=/data
VOLUME /data
CMD ["node", "/usr/local/lib/node_modules/paperboy/bin/paperboy.js", "start"]
