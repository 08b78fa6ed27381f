"""`cxm doctor`: what is wrong with a deployment, in words."""
