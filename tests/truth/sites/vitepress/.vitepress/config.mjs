export default { base: "/manual/", ignoreDeadLinks: true, srcExclude: ["drafts/**"] };
