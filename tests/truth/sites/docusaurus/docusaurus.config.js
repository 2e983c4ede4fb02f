module.exports = {
  title: "Hums",
  url: "https://hums.test",
  baseUrl: "/manual/",
  onBrokenLinks: "ignore",
  onBrokenAnchors: "ignore",
  onDuplicateRoutes: "ignore",
  onBrokenMarkdownLinks: "warn",
  presets: [
    ["classic", { docs: {}, blog: { onInlineTags: "ignore", onUntruncatedBlogPosts: "ignore" } }],
  ],
};
