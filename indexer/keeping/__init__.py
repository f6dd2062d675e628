"""What is kept from build to build beside the editions: vectors of questions, and what a build has encoded so far."""
