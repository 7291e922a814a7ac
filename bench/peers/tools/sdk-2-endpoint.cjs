/** Loaded before a program that uses the AWS SDK's second version, which knows no AWS_ENDPOINT_URL: points it there, over plain HTTP. */
const http = require('node:http');
const AWS = require(require.resolve('aws-sdk', { paths: [process.cwd()] }));

const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
const { handleRequest } = AWS.NodeHttpClient.prototype;
AWS.config.update({ endpoint: process.env.AWS_ENDPOINT_URL });
// The program may have an agent of its own, for TLS.
AWS.NodeHttpClient.prototype.handleRequest = function (request, options, ...rest) {
  return handleRequest.call(this, request, { ...options, agent }, ...rest);
};
