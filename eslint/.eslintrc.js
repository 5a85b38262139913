module.exports = require('./createToolsConfig')(__dirname);
