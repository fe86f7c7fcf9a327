-- A chat completion whose prompt has BENCH_PROMPT_BYTES characters.
local prompt = string.rep("lorem ipsum dolor sit amet ", math.ceil(tonumber(os.getenv("BENCH_PROMPT_BYTES")) / 27))
prompt = string.sub(prompt, 1, tonumber(os.getenv("BENCH_PROMPT_BYTES")))

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"model":"mock","messages":[{"role":"user","content":"' .. prompt .. '"}],"max_tokens":16}'
