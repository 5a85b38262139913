module.exports = require('../eslint/createToolsConfig')(__dirname);
