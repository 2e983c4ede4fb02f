import { defineConfig, passthroughImageService } from "astro/config";

export default defineConfig({
  site: "https://hums.test",
  base: "/manual",
  image: { service: passthroughImageService() },
});
