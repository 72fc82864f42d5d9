export default {
  transformIgnorePatterns: ['/node_modules/(?!(.*/)?react-linq-typing/)'],
  testEnvironment: './jsdomWithFetch.mjs',
}
